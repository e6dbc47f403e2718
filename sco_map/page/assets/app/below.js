// Made from web/ by make web; sources 28b7bea1df1107bae1872128f9c3652579fd9b8d10ab30a1f510b91659d65fe9
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
