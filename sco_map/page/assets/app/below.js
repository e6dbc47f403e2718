// Made from web/ by make web; sources e70d411f63823afefd67ad6db3b9468a499334bf3f170ee075df42a7b6343485
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
