// Made from web/ by make web; sources 79e8d33952f35233a14fedfa0704d72c048da739f738b2a9b93656286596101c
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
