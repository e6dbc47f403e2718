// Made from web/ by make web; sources bff2f041e0660fac75268c7967b9c60e0d1ff8551fbe6c06493972e3d8f49c07
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
