// Made from web/ by make web; sources ae91d248204607d97da61ed5e50de4bde1ef47a226cee3fa5cb464320a01ada4
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
