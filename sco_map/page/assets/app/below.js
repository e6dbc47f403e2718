// Made from web/ by make web; sources 701fbb5a906ef1067616578adbdf64654f68c815ba6fd894371bdb902fa6c07c
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
